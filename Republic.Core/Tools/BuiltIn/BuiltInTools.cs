using Microsoft.Extensions.AI;
using Republic.Core.Answering.Tools;

namespace Republic.Core.Tools.BuiltIn;

/// <summary>The tools that come with Republic, in the order in which people see them.</summary>
public sealed class BuiltInTools
{
    internal BuiltInTools(
        KnowledgeTools knowledge,
        ChatTools chats,
        MemoryTools memories,
        TaskTools tasks,
        ClockTools clock,
        WebTools web
    ) =>
        All = [
            knowledge.Search,
            knowledge.Read,
            chats.Search,
            chats.Read,
            memories.Recall,
            tasks.Read,
            clock.Now,
            Calculator.Calculate,
            web.Read,
            web.Search,
            memories.Propose,
            tasks.Comment,
            tasks.Create,
        ];

    public IReadOnlyList<BuiltInTool> All { get; }

    public BuiltInTool? Find(string name) => All.FirstOrDefault(tool => tool.Name == name);

    /// <summary>The tool as a model may call it in one answer.</summary>
    /// <param name="isAlways">The person said “always”.</param>
    internal static OfferedTool Offer(BuiltInTool tool, ToolScope scope, bool isAlways) =>
        new(
            AIFunctionFactory.Create(
                tool.Method(scope),
                new AIFunctionFactoryOptions
                {
                    Name = tool.Name,
                    Description = tool.Description,
                    ExcludeResultSchema = true,
                    // The text as it is, and not as JSON.
                    MarshalResult = (result, _, _) => ValueTask.FromResult(result),
                }
            )
        )
        {
            Tool = tool.Name,
            IsAlways = isAlways,
            Asks = arguments =>
                tool.Effect switch
                {
                    ToolEffect.Reads => false,
                    ToolEffect.Sends => tool.MaySend?.Invoke(scope, arguments) != true,
                    _ => true,
                },
        };
}
