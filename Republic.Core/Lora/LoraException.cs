namespace Republic.Core.Lora;

/// <summary>Training is not possible as asked, on this model or with these settings. The message says why, and what to do.</summary>
public sealed class LoraException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Memory ran out, and the same run with fewer or shorter rows at a time might have enough of it.</summary>
    public bool FewerRowsMayHelp { get; init; }
}
