using Republic.Core.Inference.Pool;
using Republic.Core.Llama.Memory;
using Republic.Core.Times;

namespace Republic.Core.Inference.Http;

/// <summary>A request that is answered with an error of OpenAI's shape.</summary>
internal sealed class RequestRefusedException(int status, OpenAiError error) : Exception(error.Message)
{
    private const string Invalid = "invalid_request_error";

    public int Status => status;

    public OpenAiError Error => error;

    public static RequestRefusedException BadField(string field, string message) =>
        new(400, new OpenAiError(message, Invalid, "invalid_value", field));

    public static RequestRefusedException Unsupported(string field, string message) =>
        new(400, new OpenAiError(message, Invalid, "unsupported_parameter", field));

    public static RequestRefusedException ModelNotFound(string id) =>
        new(
            404,
            new OpenAiError(
                $"There is no local model \"{id}\". See GET /v1/models for those there are.",
                Invalid,
                "model_not_found",
                "model"
            )
        );

    public static RequestRefusedException InvalidFile(string id, string why) =>
        new(422, new OpenAiError($"The file of the local model \"{id}\" cannot be used. {why}", Invalid, "invalid_model_file", "model"));

    public static RequestRefusedException Quarantined(string id, DateTimeOffset at) =>
        new(
            422,
            new OpenAiError(
                $"The local model \"{id}\" is not loaded any more: over its file the model host crashed on {UtcText.Of(at)}. "
                    + "The file is damaged or not what it seems; put a good one in its place.",
                Invalid,
                "quarantined_model_file",
                "model"
            )
        );

    public static RequestRefusedException QuarantinedAdapter(string name, DateTimeOffset at) =>
        new(
            422,
            new OpenAiError(
                $"The adapter \"{name}\" is not loaded any more: over its file the model host crashed on {UtcText.Of(at)}. "
                    + "Go back to an earlier version of the minion, or train it again.",
                Invalid,
                "quarantined_adapter",
                "adapters"
            )
        );

    public static RequestRefusedException AdapterNotFound(string name) =>
        new(
            404,
            new OpenAiError(
                $"There is no adapter \"{name}\" here. See GET /v1/models for those there are.",
                Invalid,
                "adapter_not_found",
                "adapters"
            )
        );

    public static RequestRefusedException InvalidAdapter(string name, string model, string why) =>
        new(422, new OpenAiError($"The adapter \"{name}\" cannot be put on \"{model}\". {why}", Invalid, "invalid_adapter", "adapters"));

    /// <param name="isLeast">The tokens were not counted: so many there are at least.</param>
    public static RequestRefusedException TooLong(string field, int tokens, int most, bool isLeast = false) =>
        new(
            400,
            new OpenAiError(
                $"The request has {(isLeast ? "at least " : "")}{tokens} tokens, and this model reads at most {most} at a time. Shorten the conversation, "
                    + "send fewer tools, or take a model with a longer context.",
                Invalid,
                "context_length_exceeded",
                field,
                tokens,
                most
            )
        );

    public static RequestRefusedException NoMemory(string id, LoadSettings settings, ContextPlan plan, MemoryLimit limit)
    {
        var shorter = plan.Shorter(other => other.NeedBytes <= limit.FreeBytes);
        var advice = (shorter, settings.IsOwn) switch
        {
            (null, _) => "Take a smaller model, or raise",
            (_, true) => $"Load it with a context of {shorter.ContextLength} tokens, take a smaller model, or raise",
            _ => $"Set ModelHost:ContextLength to {shorter.ContextLength}, take a smaller model, or raise",
        };
        return NoMemoryFor($"The local model \"{id}\"", plan.NeedBytes, limit, advice, settings.IsOwn ? shorter?.ContextLength : null);
    }

    public static RequestRefusedException NoMemoryForAdapter(string name, long needed, MemoryLimit limit) =>
        NoMemoryFor($"The adapter \"{name}\"", needed, limit, "Take a smaller adapter, or raise", largestContext: null);

    public static RequestRefusedException Busy(int waiting) =>
        new(
            503,
            new OpenAiError(
                $"This model is busy: {waiting} requests are already waiting for it. Try again in a moment.",
                "server_error",
                "queue_full"
            )
        );

    private static RequestRefusedException NoMemoryFor(string what, long needed, MemoryLimit limit, string advice, int? largestContext) =>
        new(
            503,
            new OpenAiError(
                $"{what} needs {needed >> 20} MB of memory, and "
                    + limit switch
                    {
                        { IsBusy: true } =>
                            $"other models in use left less of the {limit.BudgetBytes >> 20} MB that local models may take. Try again in a moment.",
                        _ when limit.FreeBytes < limit.BudgetBytes =>
                            $"pinned models leave {limit.FreeBytes >> 20} MB of the {limit.BudgetBytes >> 20} MB that local models may take. {advice} ModelHost:MemoryMegabytes.",
                        _ =>
                            $"no more than the {limit.BudgetBytes >> 20} MB that local models may take. {advice} ModelHost:MemoryMegabytes.",
                    },
                "server_error",
                "insufficient_memory"
            )
            {
                NeedBytes = needed,
                FreeBytes = limit.FreeBytes,
                LargestContext = largestContext,
            }
        );
}
