using System.Runtime.InteropServices;
using System.Text;

namespace Republic.Core.Llama.Native;

/// <summary>Turns a conversation into the text that the model was trained to continue.</summary>
internal static unsafe class ChatTemplate
{
    private const string Fallback = "chatml";

    /// <summary>The conversation as the model reads it. What people wrote is only text in it, even where it spells a control token.</summary>
    /// <param name="begun">The beginning of the answer, which the model is to go on with.</param>
    public static int[] Tokens(LlamaModel model, IReadOnlyList<ChatLine> lines, string begun = "", CancellationToken ct = default)
    {
        var text = Render(model.ChatTemplate, [.. lines.Select(Defused)]) + model.Defuse(begun);
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
    public static int LeastTokens(LlamaModel model, ChatLine line) =>
        // Templates may cut blanks off, and put what the system says into the message that follows.
        (line.Role == "system" ? 0 : 1) + (line.Content.Count(c => !char.IsWhiteSpace(c)) / model.LongestPiece);

    /// <param name="template">The model file's own template, or null. llama.cpp knows the common ones; others become ChatML.</param>
    /// <param name="asking">Whether the text ends where the model's answer begins.</param>
    public static string Render(string? template, IReadOnlyList<ChatLine> lines, bool asking = true) =>
        (string.IsNullOrWhiteSpace(template) ? null : TryRender(template, lines, asking))
        ?? TryRender(Fallback, lines, asking)
        ?? throw new InvalidOperationException("The conversation could not be written as ChatML.");

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
