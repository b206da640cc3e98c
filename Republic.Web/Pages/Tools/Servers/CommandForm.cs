using Republic.Core;
using Republic.Core.Tools.Servers;

namespace Republic.Web.Pages.Tools.Servers;

/// <summary>A tool server that is a command of the list, as its form sends it.</summary>
public sealed class CommandForm
{
    public string? Name { get; set; }

    public Guid? CommandId { get; set; }

    /// <summary>A failure where none was chosen.</summary>
    public Outcome<ToolServerInput> ToInput() =>
        CommandId is null
            ? Failure.Invalid("command_id", "Choose a command.")
            : new ToolServerInput(Name ?? "", null) { CommandId = CommandId };
}
