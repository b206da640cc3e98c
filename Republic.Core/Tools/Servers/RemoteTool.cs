using System.Text.Json;
using Microsoft.Extensions.AI;
using Republic.Core.Answering;
using Republic.Core.Answering.Tools;

namespace Republic.Core.Tools.Servers;

/// <summary>A tool of a server, as a model is told of it in one answer.</summary>
internal sealed class RemoteTool(ToolServerClient client, ToolServer server, ServerTool tool, ToolSession session, string name) : AIFunction
{
    private const int MaxDescription = 1024;
    private const string Unread = "This tool's description has changed and is not shown until its person has read it.";

    /// <param name="name">By which the model calls it, unique within the answer.</param>
    /// <param name="allowed">What the person allowed of it. Where the server says something else now, they are asked, and no model reads it.</param>
    public static OfferedTool Offer(
        ToolServerClient client,
        ToolServer server,
        ServerTool tool,
        ToolSession session,
        string name,
        MinionTool allowed
    ) =>
        new(new RemoteTool(client, server, tool, session, name) { IsChanged = allowed.IsChanged(tool) })
        {
            Tool = tool.Name,
            ServerId = server.Id,
            Server = server.Name,
            DefinitionHash = tool.Hash,
            Url = server.Url,
            IsAlways = allowed.IsAlways && !allowed.IsChanged(tool),
            Asks = _ => true,
        };

    public override string Name => name;

    public override string Description => IsChanged ? Unread : PromptDelimiter.Clean(tool.Description).AtMost(MaxDescription);

    public override JsonElement JsonSchema => IsChanged ? PlainSchema.Of(tool.InputSchema) : tool.InputSchema;

    /// <summary>The person allowed something else than what the server says now, which may have been written to be obeyed.</summary>
    private bool IsChanged { get; init; }

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await client.CallAsync(server, tool.Name, tool.Hash, arguments, cancellationToken);
        }
        finally
        {
            // Also what it says of a failure may be anybody's words.
            session.HasReadOthers = true;
        }
    }
}
