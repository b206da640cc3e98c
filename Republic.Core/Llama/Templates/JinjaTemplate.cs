using System.Text.Json.Nodes;

namespace Republic.Core.Llama.Templates;

/// <summary>
/// A model's own chat template. Conversations are in OpenAI's shape, but that a call's arguments are an object, and what people wrote in them is
/// made harmless before (<c>LlamaModel.Defuse</c>). One conversation is rendered at a time.
/// </summary>
internal sealed class JinjaTemplate
{
    private readonly Lock gate = new();
    private readonly string template;
    private readonly TimeProvider time;
    private JinjaEngine? engine;

    /// <exception cref="TemplateException">It is no Jinja template.</exception>
    public JinjaTemplate(string template, TemplateTokens? tokens = null, TimeProvider? time = null)
    {
        (this.template, this.time, Tokens) = (template, time ?? TimeProvider.System, tokens ?? new TemplateTokens());
        engine = new JinjaEngine(template, this.time);
    }

    public TemplateTokens Tokens { get; }

    /// <param name="tools">OpenAI's list of them; null where the model may call none.</param>
    /// <param name="asking">Whether the text ends where the model's answer begins.</param>
    /// <param name="more">Further variables that a template may know, such as <c>enable_thinking</c>.</param>
    /// <exception cref="TemplateException">The template refuses the conversation, or ran into a limit.</exception>
    public string Render(JsonArray messages, JsonArray? tools = null, bool asking = true, JsonObject? more = null)
    {
        var numbers = new MarkedNumbers();
        var variables = new JsonObject
        {
            ["messages"] = numbers.Mark(messages),
            // A template asks whether there are tools by none, as well as by whether the variable is defined.
            ["tools"] = numbers.Mark(tools),
            ["documents"] = null,
            ["add_generation_prompt"] = asking,
            ["bos_token"] = Tokens.Begin,
            ["eos_token"] = Tokens.End,
        };
        foreach (var (name, value) in more ?? [])
        {
            variables.TryAdd(name, numbers.Mark(value));
        }

        var text = numbers.Unmark(Run(variables.ToJsonString(), messages.Count));
        return Tokens.AddsBegin && Tokens.Begin.Length > 0 && text.StartsWith(Tokens.Begin, StringComparison.Ordinal)
            ? text[Tokens.Begin.Length..]
            : text;
    }

    private string Run(string variables, int messages)
    {
        var memory = JinjaEngine.MemoryFor(messages);
        lock (gate)
        {
            engine = engine?.Memory >= memory ? engine : new JinjaEngine(template, time, memory);
            try
            {
                return engine.Render(variables, messages);
            }
            catch (TemplateException e) when (e.IsLimit)
            {
                engine = null;
                throw;
            }
        }
    }
}
