using Microsoft.Extensions.AI;

namespace Republic.Core.Providers.Routing;

/// <summary>How long a prompt is, told from its text alone: no tokenizer fits every model.</summary>
public static class PromptSize
{
    // Text of most languages has three to five characters a token. Whoever counts too few asks a model that says so itself; whoever counts
    // too many would pass over one that could have answered.
    private const int CharactersPerToken = 5;

    public static int Tokens(IEnumerable<ChatMessage> messages, string? instructions)
    {
        long characters = instructions?.Length ?? 0;
        foreach (var message in messages)
        {
            foreach (var content in message.Contents)
            {
                characters += content switch
                {
                    TextContent { Text.Length: var length } => length,
                    FunctionResultContent { Result: string { Length: var length } } => length,
                    FunctionCallContent { Arguments: { } given } => given.Sum(pair =>
                        pair.Key.Length + (pair.Value?.ToString()?.Length ?? 0)
                    ),
                    _ => 0,
                };
            }
        }

        return (int)Math.Min(characters / CharactersPerToken, int.MaxValue);
    }
}
