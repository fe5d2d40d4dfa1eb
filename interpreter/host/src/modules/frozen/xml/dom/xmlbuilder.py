"""What is wanted of a document's maker: the options of the W3C's `DOMBuilder`."""

__all__ = []


class Options:
    """What a document is made with; `expatbuilder` goes by the first four."""

    namespaces = 1
    comments = 1
    cdata_sections = 1
    create_entity_ref_nodes = 1
    namespace_declarations = True
    validation = False
    external_parameter_entities = True
    external_general_entities = True
    external_dtd_subset = True
    validate_if_schema = False
    validate = False
    datatype_normalization = False
    entities = True
    whitespace_in_element_content = True
    charset_overrides_xml_encoding = True
    infoset = False
    supported_mediatypes_only = False
    errorHandler = filter = None
