namespace Republic.Core.Llama.Templates;

/// <summary>What a chat template does with a conversation, found out by rendering some.</summary>
/// <param name="Chats">It renders what a person and the model said. Without that it is of no use.</param>
/// <param name="System">It renders what the system says before.</param>
/// <param name="Tools">It shows the tools that there are.</param>
/// <param name="Results">It shows what a call gave.</param>
/// <param name="Calls">How calls stand in the conversation, where that is a syntax that is known here.</param>
/// <param name="Shape">How it wants a message with calls.</param>
internal sealed record TemplateFeatures(
    bool Chats,
    bool System = false,
    bool Tools = false,
    bool Results = false,
    ToolCallSyntax? Calls = null,
    CallShape Shape = default
)
{
    /// <summary>Without tools it wants an empty list of them, and not none.</summary>
    public bool WantsList { get; init; }

    /// <summary>Whether tools, calls and results may all be left to the template.</summary>
    public bool TakesTools => Tools && Results && Calls is not null;
}
