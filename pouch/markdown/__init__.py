"""Markdown → sanitised HTML, with its links, images and limits."""
