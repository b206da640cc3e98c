namespace Republic.Core.Lora.Checks;

/// <summary>A file of rows, and what their losses are measured with.</summary>
/// <param name="DataPath">A conversation or a pair per line of JSON, as for training.</param>
/// <param name="AdapterPath">A LoRA adapter of the order's model; null measures the model alone.</param>
public sealed record LossFile(string DataPath, string? AdapterPath = null)
{
    /// <summary>Each line begins with the token that begins a text, also in a model whose file says that none is to be added.</summary>
    public bool BeginsAlways { get; init; }
}
