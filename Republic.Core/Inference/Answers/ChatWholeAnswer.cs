using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Republic.Core.Inference.Generation;
using Republic.Core.Inference.Http;

namespace Republic.Core.Inference.Answers;

/// <summary>Writes answers when they are whole.</summary>
internal static class ChatWholeAnswer
{
    public static async Task WriteAsync(HttpContext http, IReadOnlyList<AnswerChoice> choices, AnswerHead head)
    {
        var parts = choices.Select(_ => new List<ChoicePart>()).ToList();
        await foreach (var (choice, piece) in AnswerChoices.ReadAsync(choices, http.RequestAborted))
        {
            parts[choice.Index].AddRange(choice.Read(piece));
        }

        foreach (var choice in choices)
        {
            parts[choice.Index].AddRange(choice.Flush());
        }

        List<GenerationJob> jobs = [.. choices.Select(choice => choice.Job)];
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(
            $"{head.Json("chat.completion")},\"choices\":[{string.Join(',', choices.Select(choice => Json(choice, parts[choice.Index])))}],"
                + $"\"usage\":{JsonSerializer.Serialize(AnswerUsage.Of(jobs), HostJson.Options)},"
                + $"\"timings\":{JsonSerializer.Serialize(AnswerTimings.Of(jobs), HostJson.Options)}{head.HistoryJson}}}",
            http.RequestAborted
        );
    }

    private static string Json(AnswerChoice choice, List<ChoicePart> parts)
    {
        var words = Encoding.UTF8.GetString([.. parts.SelectMany(part => part.Words)]);
        List<string> calls =
        [
            .. parts
                .Where(part => part.Call is not null)
                .GroupBy(part => part.Call!.Value.Call)
                .Select(call => CallJson.Whole(call.First().Call!.Value.Name!, string.Concat(call.Select(part => part.Call!.Value.Text)))),
        ];
        List<TokenLikelihood> tokens = [.. parts.SelectMany(part => part.Tokens)];
        var content = words.Length == 0 && calls.Count > 0 ? "null" : JsonSerializer.Serialize(words, HostJson.Options);
        return $"{{\"index\":{choice.Index},\"message\":{{\"role\":\"assistant\",\"content\":{content},\"refusal\":null"
            + $"{(calls.Count > 0 ? $",\"tool_calls\":[{string.Join(',', calls)}]" : "")}}},"
            + $"\"logprobs\":{(tokens.Count > 0 ? LikelihoodsJson.Of(tokens) : "null")},\"finish_reason\":\"{choice.FinishReason}\"}}";
    }
}
