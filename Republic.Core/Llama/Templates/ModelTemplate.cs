using System.Text.Json.Nodes;
using Republic.Core.Llama.Native;

namespace Republic.Core.Llama.Templates;

/// <summary>
/// Renders conversations with tools for one model: by its own template, which is tried out once; what that does not take is brought into a form that it
/// takes, and tools that it does not show are told of in the system message.
/// </summary>
internal sealed class ModelTemplate
{
    private const int MostKept = 16;
    private const int MostStopped = 3;
    private static readonly Dictionary<(string?, TemplateTokens), Lazy<ModelTemplate>> Kept = [];
    private readonly string? text;
    private readonly JinjaTemplate? jinja;
    private int stopped;

    private ModelTemplate(string? text, TemplateTokens tokens)
    {
        this.text = text;
        try
        {
            jinja = string.IsNullOrWhiteSpace(text) ? null : new JinjaTemplate(text, tokens);
            Features = jinja is null ? Features : TemplateProbe.Of(jinja);
        }
        catch (TemplateException e)
        {
            Refusal = e.Message;
        }
    }

    public TemplateFeatures Features { get; } = new(Chats: false);

    /// <summary>Why the template is not used; null where it is, or where there is none.</summary>
    public string? Refusal { get; }

    /// <summary>How the model is to write calls, and how those of the conversation stand before it.</summary>
    public ToolCallSyntax Calls => Features.TakesTools ? Features.Calls! : ToolCallSyntax.General;

    /// <param name="template">The model file's own; null where it has none.</param>
    public static ModelTemplate Of(string? template, TemplateTokens tokens)
    {
        Lazy<ModelTemplate>? found;
        lock (Kept)
        {
            if (!Kept.TryGetValue((template, tokens), out found))
            {
                if (Kept.Count == MostKept)
                {
                    Kept.Clear();
                }

                found = Kept[(template, tokens)] = new(() => new ModelTemplate(template, tokens));
            }
        }

        return found.Value;
    }

    /// <summary>The conversation as the model reads it. Messages are OpenAI's; what people wrote in them is made harmless before.</summary>
    /// <param name="tools">OpenAI's list of them; null where the model may call none.</param>
    /// <param name="asking">Whether the text ends where the model's answer begins.</param>
    /// <param name="more">Further variables that a template may know, such as <c>enable_thinking</c>.</param>
    public string Render(JsonArray messages, JsonArray? tools = null, bool asking = true, JsonObject? more = null) =>
        TryRender(messages, tools, asking, more)
        ?? ChatTemplate.RenderListed(text, Lines(TemplateMessages.Told(messages, tools, Calls)), asking);

    /// <returns>Null where the template renders no conversations, refuses this one, or ran into limits too often.</returns>
    public string? TryRender(JsonArray messages, JsonArray? tools = null, bool asking = true, JsonObject? more = null)
    {
        if (!Features.Chats || stopped >= MostStopped)
        {
            return null;
        }

        var said = Features.TakesTools
            ? TemplateMessages.Native(messages, Features.Shape)
            : TemplateMessages.Told(messages, tools, ToolCallSyntax.General);
        said = Features.System ? said : TemplateMessages.WithoutSystem(said);
        var shown =
            Features.TakesTools && tools is { Count: > 0 } ? tools
            : Features.WantsList ? []
            : null;
        try
        {
            return Try(said) ?? jinja!.Render(TemplateMessages.Alternating(said), shown, asking, more);
        }
        catch (TemplateException e)
        {
            _ = e.IsLimit ? Interlocked.Increment(ref stopped) : 0;
            return null;
        }

        string? Try(JsonArray conversation)
        {
            try
            {
                return jinja!.Render(conversation, shown, asking, more);
            }
            catch (TemplateException e) when (!e.IsLimit)
            {
                return null;
            }
        }
    }

    private static List<ChatLine> Lines(JsonArray messages) =>
        [.. messages.Select(message => new ChatLine(TemplateMessages.Role(message), TemplateMessages.Text(message?["content"])))];
}
