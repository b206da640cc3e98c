using Microsoft.AspNetCore.Http;
using Republic.Core.Inference.Answers;
using Republic.Core.Llama.Grammars;

namespace Republic.Core.Inference.Http;

/// <summary>Writes answers as they are written.</summary>
internal static class ChatStream
{
    /// <param name="usageApart">Usage in an event of its own.</param>
    /// <param name="isBegun">Another process began the answer, and said who speaks.</param>
    public static async Task WriteAsync(
        HttpContext http,
        IReadOnlyList<AnswerChoice> choices,
        AnswerHead head,
        bool usageApart,
        bool isBegun
    )
    {
        var (pipe, ct) = (http.Response.BodyWriter, http.RequestAborted);
        var writer = new ChatChunkWriter(pipe, head, choices.Count);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache";
        if (!isBegun)
        {
            writer.Roles();
        }

        await pipe.FlushAsync(ct);
        try
        {
            await foreach (var (choice, piece) in AnswerChoices.ReadAsync(choices, ct))
            {
                Write(choice, choice.Read(piece));
                await pipe.FlushAsync(ct);
            }

            foreach (var choice in choices)
            {
                Write(choice, choice.Flush());
            }

            writer.End(choices, usageApart);
        }
        catch (Exception e) when (e is InvalidOperationException or InvalidDataException or GrammarException)
        {
            // The answer has begun, so that the error can only come in the stream.
            writer.Error(new OpenAiError(e.Message, "server_error", "generation_failed"));
        }
        catch (DeviceMemoryException e)
        {
            writer.Error(OpenAiError.NoMemory(e));
        }

        await pipe.FlushAsync(ct);

        void Write(AnswerChoice choice, IEnumerable<ChoicePart> parts)
        {
            foreach (var part in parts)
            {
                writer.Write(choice.Index, part);
            }
        }
    }
}
