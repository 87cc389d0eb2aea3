"""Use Byline's tools with the official MCP client, over HTTP: python examples/mcp_client.py "When did it reopen?"."""

import asyncio
import os
import sys

from mcp import Client


async def main(question: str) -> None:
    """Lists the tools and asks one question."""
    async with Client(os.environ.get("BYLINE_URL", "http://127.0.0.1:7860") + "/mcp") as client:
        print("tools:", ", ".join(tool.name for tool in (await client.list_tools()).tools))
        answer = (await client.call_tool("ask", {"question": question})).structured_content or {}
        print(answer["text"])
        for quote in answer["citations"]:
            print(f"[{quote['number']}] {quote['title']}: “{quote['quote']}”")


asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else "What is the latest news?"))
