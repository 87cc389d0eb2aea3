"""Ask a running Byline with OpenAI's own client.

Run it with a question: python examples/openai_chat.py "When did the ferry to Gull Island open?"
"""

import os
import sys

from openai import OpenAI

client = OpenAI(
    base_url=os.environ.get("BYLINE_URL", "http://127.0.0.1:7860") + "/v1",
    api_key=os.environ.get("BYLINE_API_KEY", "none"),
)
question = sys.argv[1] if len(sys.argv) > 1 else "What is the latest news?"

for chunk in client.chat.completions.create(
    model="byline", messages=[{"role": "user", "content": question}], stream=True
):
    delta = chunk.choices[0].delta
    print(delta.content or "", end="", flush=True)
    for annotation in (delta.model_extra or {}).get("annotations", ()):
        cited = annotation["url_citation"]
        print(f"cited: {cited['title']} <{cited['url']}>", file=sys.stderr)
print()
