using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Republic.Core.Providers.Protocols.OpenAi;

/// <summary>The calls in an answer. A streamed one comes in pieces and is given out once it is whole.</summary>
internal sealed class OpenAiToolCalls
{
    private readonly List<Pending> pending = [];

    /// <summary>The calls of an answer that came in one piece.</summary>
    /// <param name="said">A choice's <c>message</c>.</param>
    public static IEnumerable<FunctionCallContent> Of(JsonElement said)
    {
        var calls = new OpenAiToolCalls();
        calls.AddAll(said);
        return calls.Take();
    }

    /// <summary>Takes what a choice's <c>delta</c> has of calls.</summary>
    public void Add(JsonElement choice)
    {
        if (choice.TryGetProperty("delta", out var delta) && delta.ValueKind == JsonValueKind.Object)
        {
            AddAll(delta);
        }
    }

    /// <summary>All calls so far; to be asked for at the end, for a call may still lack its last piece before.</summary>
    public IReadOnlyList<FunctionCallContent> Take()
    {
        List<FunctionCallContent> whole = [.. pending.Where(call => call.Name.Length > 0).Select(Content)];
        pending.Clear();
        return whole;
    }

    private void AddAll(JsonElement said)
    {
        if (!said.TryGetProperty("tool_calls", out var calls) || calls.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (var call in calls.EnumerateArray().Where(call => call.ValueKind == JsonValueKind.Object))
        {
            var index =
                call.TryGetProperty("index", out var at) && at.ValueKind == JsonValueKind.Number && at.TryGetInt32(out var number)
                    ? number
                    : (int?)null;
            var known = Find(index, OpenAiAnswer.Member(call, "id") ?? "");
            if (call.TryGetProperty("function", out var function) && function.ValueKind == JsonValueKind.Object)
            {
                known.Name += OpenAiAnswer.Member(function, "name");
                known.Arguments.Append(Arguments(function));
            }
        }
    }

    // Some servers leave the index out, or give every call the same one; the id tells them apart.
    private Pending Find(int? index, string id)
    {
        var known = index is null ? pending.LastOrDefault() : pending.FindLast(call => call.Index == index);
        if (known is null || (id.Length > 0 && known.Id.Length > 0 && known.Id != id))
        {
            known = new Pending { Index = index ?? pending.Count };
            pending.Add(known);
        }

        known.Id = id.Length > 0 ? id : known.Id;
        return known;
    }

    private static string? Arguments(JsonElement function) =>
        !function.TryGetProperty("arguments", out var given) ? null
        : given.ValueKind == JsonValueKind.Object ? given.GetRawText()
        : OpenAiAnswer.Text(given);

    private static FunctionCallContent Content(Pending call) =>
        FunctionCallContent.CreateFromParsedArguments(
            call.Arguments.ToString(),
            call.Id.Length > 0 ? call.Id : $"call_{call.Index}",
            call.Name,
            static text =>
                string.IsNullOrWhiteSpace(text)
                    ? new Dictionary<string, object?>()
                    : JsonSerializer.Deserialize<Dictionary<string, object?>>(text, AIJsonUtilities.DefaultOptions)
        );

    private sealed class Pending
    {
        public int Index { get; init; }

        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public StringBuilder Arguments { get; } = new();
    }
}
