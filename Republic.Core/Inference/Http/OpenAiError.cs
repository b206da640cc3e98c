namespace Republic.Core.Inference.Http;

/// <summary>The inside of <c>{"error": …}</c>, as OpenAI's clients read it.</summary>
/// <param name="Message">The fact, what it means and the way on.</param>
/// <param name="Type">E.g. <c>invalid_request_error</c>.</param>
/// <param name="Code">What a program decides by, e.g. <c>context_length_exceeded</c>.</param>
/// <param name="Param">The field that is wrong, when one is.</param>
internal sealed record OpenAiError(
    string Message,
    string Type,
    string? Code,
    string? Param = null,
    int? PromptTokens = null,
    int? ContextLength = null
)
{
    /// <summary>The bytes that a model needs and does not get.</summary>
    public long? NeedBytes { get; init; }

    /// <summary>The bytes that it can have.</summary>
    public long? FreeBytes { get; init; }

    /// <summary>The longest context, in tokens, with which it could be loaded.</summary>
    public int? LargestContext { get; init; }

    public static OpenAiError NoMemory(DeviceMemoryException reason) =>
        new(
            $"{reason.Message} Send it again; if that does not help, end other programs, shorten the conversation, or take a smaller model.",
            "server_error",
            "insufficient_memory"
        );
}
