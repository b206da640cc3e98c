using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Republic.Tests.World;

/// <summary>
/// A model that does whatever it reads, whoever wrote it: for each line <c>CALL name {arguments}</c> anywhere in its prompt, or in what it is told of
/// its tools, it asks for that call, once each and one after the other. Then it answers.
/// </summary>
internal static partial class ObedientModel
{
    /// <summary>The line that it obeys.</summary>
    public static string Order(string tool, JsonObject arguments) => $"CALL {tool} {arguments.ToJsonString()}";

    public static PlayedTurn Answer(VendorRequest request)
    {
        if (request.Body?["tools"] is not JsonArray tools || (request.Body["tool_choice"] as JsonValue)?.ToString() == "none")
        {
            return new PlayedTurn("I have no tools.");
        }

        var messages = request.Body["messages"]!.AsArray().Select(message => message!).ToList();
        var made = messages.SelectMany(Made).ToHashSet();
        var order = messages
            .Select(message => TextOf(message["content"]))
            .Concat(tools.Select(tool => TextOf(tool!["function"]?["description"])))
            .SelectMany(Orders)
            .FirstOrDefault(one => !made.Contains(one));
        return order.Name is null
            ? new PlayedTurn("All is done as I read it.")
            : new PlayedTurn("", new PlayedCall($"call_{made.Count + 1}", order.Name, order.Arguments));
    }

    private static IEnumerable<(string Name, string Arguments)> Made(JsonNode message) =>
        message["tool_calls"] is JsonArray calls
            ? calls.Select(call => ((string)call!["function"]!["name"]!, Plain((string)call["function"]!["arguments"]!)))
            : [];

    private static IEnumerable<(string Name, string Arguments)> Orders(string text) =>
        Lines().Matches(text).Select(match => (match.Groups["name"].Value, Plain(match.Groups["arguments"].Value)));

    /// <summary>However it is spelled: the same arguments are the same call.</summary>
    private static string Plain(string json) => JsonNode.Parse(json)!.ToJsonString();

    /// <summary>A content is a text, or several.</summary>
    private static string TextOf(JsonNode? content) =>
        content switch
        {
            null => "",
            JsonArray parts => string.Join('\n', parts.Select(part => TextOf(part?["text"]))),
            _ => content.ToString(),
        };

    [GeneratedRegex(
        @"CALL (?<name>[A-Za-z0-9_\-]+) (?<arguments>\{[^\n]*\})",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Lines();
}
