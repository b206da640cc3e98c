using System.Text;
using System.Text.Json;
using Republic.Core;
using Republic.Core.Answering.Tools;
using Republic.Core.Tools.BuiltIn;
using Republic.Core.Tools.Calls;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Tools.Calls;

/// <summary>A tool call that waits, as its person is asked about it.</summary>
/// <param name="Minion">The name of the minion that asks.</param>
/// <param name="IsInChat">It stands in the answer of a chat, which is drawn again once it is decided.</param>
public sealed record ApprovalRequest(ToolCallRow Call, string Minion, ToolFacts Facts, bool IsInChat)
{
    /// <summary>The arguments as the person typed them; null where they did not.</summary>
    public string? Typed { get; init; }

    /// <summary>Why nothing came of what the person did; null where they did nothing yet.</summary>
    public Failure? Failure { get; init; }

    public string Id => $"ask-{Call.Id}";

    public bool IsPending => Call.Status == ToolCallStatus.Pending;

    /// <summary>True for a JSON object: other arguments of a model are sent as they are, or not at all.</summary>
    public bool CanChange => Call.Arguments.ValueKind == JsonValueKind.Object;

    /// <summary>The fault of the arguments that the person typed; null where there is none.</summary>
    public string? Problem => Failure?.Fields.FirstOrDefault(wrong => wrong.Field == "arguments")?.Message;

    /// <summary>The facts that the person should know before they decide, each with its icon.</summary>
    public IEnumerable<(string Icon, string Text)> Notes
    {
        get
        {
            yield return Facts.Effect switch
            {
                ToolEffect.Changes => ("edit", "It changes something here."),
                ToolEffect.Reads => ("info", "It only reads, on this machine."),
                ToolEffect.Sends => ("info", "It only reads, on another machine."),
                _ => (
                    "edit",
                    Facts.SaysReadOnly
                        ? "It can change things there. The server says it is “read only”; that is not believed."
                        : "It can change things there."
                ),
            };
            if (Facts.LeavesMachine)
            {
                var bytes = Encoding.UTF8.GetByteCount(Call.Arguments.GetRawText());
                yield return ("upload", $"{Figures.Count(bytes, "byte leaves", "bytes leave")} this machine.");
            }

            if (Facts.HasChanged)
            {
                yield return (
                    "warning",
                    $"The server has changed its description since {Minion} asked, so it would not be called. Say no: {Minion} can ask again."
                );
            }
            else if (Facts.IsOtherThanAllowed)
            {
                yield return ("warning", "Its description has changed since you allowed it.");
            }
        }
    }

    public string Action(string handler) => $"/tools/calls/{Call.Id}?handler={handler}{(IsInChat ? "&chat=true" : "")}";

    /// <summary>The same for htmx, which is of use in a chat alone.</summary>
    public string? InPlace(string handler) => IsInChat ? Action(handler) : null;
}
