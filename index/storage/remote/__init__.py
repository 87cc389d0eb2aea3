"""An index in an object store or on a file server, and its copies on local disks.

    URL/CURRENT                   the id of the generation in use; replaced only by a publisher that saw the one before
    URL/generations/<id>/         the files of a generation; its manifest.json comes last and goes first
    URL/purged.json fetched.sqlite   as in a local index
    URL/lock                      who publishes, and until when

A reader opens a local copy, which holds nothing that is not published (pull.py, follow.py). A publisher builds in a
copy of its own, and then uploads what the store lacks (publish.py).
"""
