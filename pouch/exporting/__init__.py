"""The archive as data, and back. `rows` makes a JSON object of an entry, `importing` an entry of such an object;
`tables` writes CSV, `terms` the vocabulary, `package` the folder with its datapackage.json, `sqlite` one database.
"""
