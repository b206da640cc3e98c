using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using Republic.Core.Llama.Templates;

namespace Republic.Core.Llama.Native;

/// <summary>Turns a conversation into the text that the model was trained to continue.</summary>
internal static unsafe class ChatTemplate
{
    private const string Fallback = "chatml";
    private const string ThoughtEnd = "</think>";

    /// <summary>The conversation as the model reads it. What people wrote is only text in it, even where it spells a control token.</summary>
    /// <param name="begun">The beginning of the answer, which the model is to go on with.</param>
    public static int[] Tokens(LlamaModel model, IReadOnlyList<ChatLine> lines, string begun = "", CancellationToken ct = default)
    {
        var text = Text(model, [.. lines.Select(Defused)]) + model.Defuse(begun);
        ct.ThrowIfCancellationRequested();
        // In one piece: some vocabularies put a blank before what begins a text.
        return model.Tokenize(text);

        ChatLine Defused(ChatLine line)
        {
            ct.ThrowIfCancellationRequested();
            return line with { Content = model.Defuse(line.Content) };
        }
    }

    /// <summary>How many tokens a message has at least, by its length alone.</summary>
    public static int LeastTokens(LlamaModel model, ChatLine line)
    {
        // Templates may cut blanks off, and put what the system says into the message that follows. Those of models that think leave out the thoughts.
        var thought = line.Role == "assistant" ? line.Content.LastIndexOf(ThoughtEnd, StringComparison.Ordinal) : -1;
        var text = thought < 0 ? line.Content : line.Content[(thought + ThoughtEnd.Length)..];
        return (line.Role == "system" ? 0 : 1) + (text.Count(c => !char.IsWhiteSpace(c)) / model.LongestPiece);
    }

    /// <summary>The conversation by the model's own template, what people wrote being harmless already.</summary>
    /// <param name="asking">Whether the text ends where the model's answer begins.</param>
    public static string Text(LlamaModel model, IReadOnlyList<ChatLine> lines, bool asking = true) =>
        Render(model.ChatTemplate, lines, asking, model.TemplateTokens);

    /// <param name="template">The model file's own template, or null. llama.cpp knows the common ones; others are run; where that fails, it is ChatML.</param>
    /// <param name="asking">Whether the text ends where the model's answer begins.</param>
    public static string Render(string? template, IReadOnlyList<ChatLine> lines, bool asking = true, TemplateTokens? tokens = null) =>
        string.IsNullOrWhiteSpace(template)
            ? RenderListed(null, lines, asking)
            : TryRender(template, lines, asking)
                ?? ModelTemplate.Of(template, tokens ?? new TemplateTokens()).TryRender(Messages(lines), asking: asking)
                ?? RenderListed(null, lines, asking);

    /// <summary>By llama.cpp's list of known templates, and as ChatML where it does not know this one.</summary>
    public static string RenderListed(string? template, IReadOnlyList<ChatLine> lines, bool asking) =>
        (string.IsNullOrWhiteSpace(template) ? null : TryRender(template, lines, asking))
        ?? TryRender(Fallback, lines, asking)
        ?? throw new InvalidOperationException("The conversation could not be written as ChatML.");

    private static JsonArray Messages(IReadOnlyList<ChatLine> lines) =>
        [.. lines.Select(line => new JsonObject { ["role"] = line.Role, ["content"] = line.Content })];

    private static string? TryRender(string template, IReadOnlyList<ChatLine> lines, bool asking)
    {
        var messages = new LlamaChatMessage[lines.Count];
        var templateText = Marshal.StringToCoTaskMemUTF8(template);
        try
        {
            for (var i = 0; i < messages.Length; i++)
            {
                messages[i].role = (byte*)Marshal.StringToCoTaskMemUTF8(lines[i].Role);
                messages[i].content = (byte*)Marshal.StringToCoTaskMemUTF8(lines[i].Content);
            }

            var buffer = new byte[256 + (2 * lines.Sum(line => Encoding.UTF8.GetByteCount(line.Content) + 64))];
            var length = Apply((byte*)templateText, messages, asking, buffer);
            if (length > buffer.Length)
            {
                buffer = new byte[length];
                length = Apply((byte*)templateText, messages, asking, buffer);
            }

            return length < 0 ? null : Encoding.UTF8.GetString(buffer, 0, length);
        }
        finally
        {
            foreach (var message in messages)
            {
                Marshal.FreeCoTaskMem((nint)message.role);
                Marshal.FreeCoTaskMem((nint)message.content);
            }

            Marshal.FreeCoTaskMem(templateText);
        }
    }

    private static int Apply(byte* template, LlamaChatMessage[] messages, bool asking, byte[] buffer)
    {
        fixed (LlamaChatMessage* from = messages)
        fixed (byte* to = buffer)
        {
            return LlamaApi.llama_chat_apply_template(template, from, (nuint)messages.Length, (byte)(asking ? 1 : 0), to, buffer.Length);
        }
    }
}
