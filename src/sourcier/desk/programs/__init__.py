"""What programs may do at the desk: the API under ``/api/desk/``, for who shows a token.

::

    api -> callers (who calls, what they may) -> entries (what is asked, as an entry) -> actions
           once (a call repeated is answered alike)

Each call goes through the actions that editors' forms go through, under the name of the token's owner.
"""
