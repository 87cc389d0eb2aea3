"""What tests of the site behind a proxy share."""

import os
import shutil

import pytest


@pytest.fixture(scope="module")
def nginx() -> str:
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no nginx: install the package nginx")
        pytest.skip("no nginx is installed")
    return found
