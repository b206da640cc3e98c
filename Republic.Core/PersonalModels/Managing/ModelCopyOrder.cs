namespace Republic.Core.PersonalModels.Managing;

/// <summary>A request to quantize a model: to make a copy of it with fewer bits a weight.</summary>
public sealed record ModelCopyOrder
{
    /// <summary>Q4_K_M or Q8_0.</summary>
    public string? Type { get; init; }

    /// <summary>The name of the copy; null for one made from the name of the model and the type.</summary>
    public string? CustomName { get; init; }
}
