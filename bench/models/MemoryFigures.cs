namespace Republic.Bench;

/// <summary>What a process that loaded one model took in memory (VmRSS), in bytes.</summary>
/// <param name="Before">With llama.cpp's libraries and no model.</param>
/// <param name="After">With the model, a full context and an answer.</param>
/// <param name="Copied">Weights that llama.cpp has laid out anew; the pages of the file that they came from are still counted, and nobody reads them.</param>
internal sealed record MemoryFigures(long Before, long After, long Copied);
