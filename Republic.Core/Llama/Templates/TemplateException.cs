namespace Republic.Core.Llama.Templates;

/// <summary>A chat template cannot be used, or not for this conversation; the message says why.</summary>
internal sealed class TemplateException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Whether it was stopped by a limit, and would run into it again.</summary>
    public bool IsLimit { get; init; }
}
