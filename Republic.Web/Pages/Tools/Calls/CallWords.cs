using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Republic.Core;
using Republic.Core.Answering;
using Republic.Core.Answering.Tools;
using Republic.Core.Tools.BuiltIn;
using Republic.Web.Pages.Shared;
using Republic.Web.Pages.Toasts;

namespace Republic.Web.Pages.Tools.Calls;

/// <summary>Tool calls in words.</summary>
internal static class CallWords
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The states that a person can look for, in the order of their course.</summary>
    public static IReadOnlyList<ToolCallStatus> Statuses { get; } = Enum.GetValues<ToolCallStatus>();

    public static string Of(ToolCallStatus status) =>
        status switch
        {
            ToolCallStatus.Pending => "waits for you",
            ToolCallStatus.Approved => "allowed, not made yet",
            ToolCallStatus.Refused => "refused",
            ToolCallStatus.Running => "under way",
            ToolCallStatus.Completed => "done",
            ToolCallStatus.Failed => "failed",
            _ => "expired",
        };

    public static string Icon(ToolCallStatus status) =>
        status switch
        {
            ToolCallStatus.Pending => "front_hand",
            ToolCallStatus.Approved => "hourglass_empty",
            ToolCallStatus.Completed => "check_circle",
            ToolCallStatus.Failed => "error",
            _ => "block",
        };

    public static string Tone(ToolCallStatus status) =>
        status switch
        {
            ToolCallStatus.Pending => "warn",
            ToolCallStatus.Completed => "good",
            ToolCallStatus.Failed => "bad",
            _ => "muted",
        };

    /// <summary>The address at which a person decides on a call.</summary>
    public static string Address(ToolCallRow call) =>
        call.ConversationId is { } chat ? $"/chats/{chat}?message={call.MessageId}#m-{call.MessageId}"
        : call.TaskId is { } task ? $"/tasks/{task}#work"
        : call.EpisodeId is not null ? $"{EpisodeAddress(call)}#step-{call.StepSeq}"
        : $"/tools/calls/{call.Id}";

    /// <summary>The notification of a call that waits. Its arguments are nothing for one.</summary>
    public static BrowserNotice Notice(ToolCallRow call) =>
        new(
            call.Id.ToString(),
            call.ConversationId is { } chat ? $"/chats/{chat}"
                : call.TaskId is { } task ? $"/tasks/{task}"
                : call.EpisodeId is not null ? EpisodeAddress(call)
                : $"/tools/calls/{call.Id}",
            PlainName.Of($"{call.Minion} asks to call {call.Tool}"),
            "It waits for your decision."
        );

    private static string EpisodeAddress(ToolCallRow call) =>
        $"/episodes/{call.EpisodeId}{(call.TimelineId is { } timeline ? $"?timeline={timeline}" : "")}";

    /// <summary>The outcome of a call and who allowed it, as “0.84 s, allowed always”.</summary>
    /// <param name="effect">Null for a server's tool.</param>
    public static string Line(ToolCallRow call, ToolEffect? effect) =>
        string.Join(", ", new[] { Outcome(call), Approval(call, effect) }.OfType<string>());

    /// <summary>JSON over several lines, as <see cref="Visible"/> shows it: what is read is what is sent.</summary>
    public static string Pretty(JsonElement json) =>
        Visible(json.ValueKind == JsonValueKind.String ? json.GetString()! : JsonSerializer.Serialize(json, Indented));

    /// <summary>A text with the codes of letters that nobody sees, and of those that turn the direction of others, in their place.</summary>
    public static string Visible(string words)
    {
        var text = new StringBuilder();
        foreach (var rune in words.Replace("\r\n", "\n", StringComparison.Ordinal).EnumerateRunes())
        {
            var letters = rune.ToString();
            text.Append(
                rune.Value is not ('\n' or '\t') && HiddenLetters.Has(rune)
                    ? string.Concat(letters.Select(letter => $"\\u{(int)letter:x4}"))
                    : letters
            );
        }

        return text.ToString();
    }

    private static string Outcome(ToolCallRow call) =>
        call is { Status: ToolCallStatus.Completed, DurationMs: { } ms } ? Figures.Seconds(ms) : Of(call.Status);

    private static string? Approval(ToolCallRow call, ToolEffect? effect) =>
        call.Status is ToolCallStatus.Pending or ToolCallStatus.Refused or ToolCallStatus.Expired ? null
        : call is { Unasked: true } && effect is ToolEffect.Reads or ToolEffect.Sends ? "reads only"
        : call.Unasked ? "allowed always"
        : call.Edited ? "allowed by you, with other arguments"
        : "allowed by you";
}
