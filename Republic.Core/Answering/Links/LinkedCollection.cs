using Republic.Core.Knowledge;

namespace Republic.Core.Answering.Links;

/// <summary>A collection that an answer may look into.</summary>
internal sealed record LinkedCollection(Guid Id, string Name, RetrievalSettings Retrieval);
