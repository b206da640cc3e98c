namespace Republic.Core.Knowledge.Embedding;

/// <summary>The section <c>Knowledge:Embedding</c> of the configuration.</summary>
public sealed class EmbeddingOptions
{
    public const string Section = "Knowledge:Embedding";

    /// <summary>False: the embedding model that comes along is not used where nobody chose it.</summary>
    public bool BuiltIn { get; set; } = true;
}
