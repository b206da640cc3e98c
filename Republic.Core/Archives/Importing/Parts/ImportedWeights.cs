namespace Republic.Core.Archives.Importing.Parts;

/// <summary>The names of a version's weights here, and their SHA-256 as a version has it.</summary>
internal sealed record ImportedWeights(string? Adapter = null, string? StyleAdapter = null, string? Sha256 = null);
