"""The procedure: who may do what, when, and what it writes. No Streamlit, no SQL; time is an argument (``now``)."""
