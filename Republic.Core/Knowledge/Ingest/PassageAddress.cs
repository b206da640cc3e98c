using Republic.Core.Knowledge.Collections;

namespace Republic.Core.Knowledge.Ingest;

/// <summary>A passage of a document of a collection of a person.</summary>
public sealed record PassageAddress(Guid Owner, Guid Collection, Guid Document, Guid Passage);
