namespace Republic.Core.Knowledge.Vectors;

/// <summary>What tells whether an index is up to date, without reading which documents there are.</summary>
/// <param name="Print">Of the documents and their revisions: another one means that some passage changed.</param>
/// <param name="Passages">How many there are.</param>
public sealed record CollectionState(string Print, long Passages);
