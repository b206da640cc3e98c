using System.Text;
using Republic.Core.Inference.Generation;
using Republic.Core.Inference.Pool;
using Republic.Core.Llama.Native;
using Republic.Core.Llama.Native.Sampling;

namespace Republic.Core.Inference.Chat;

/// <summary>The conversation of <c>republic chat</c>: what was said so far, and what is said next.</summary>
internal sealed class TerminalChat(ModelLease lease, ChatArguments arguments, TextWriter output, ChatInterrupt interrupt)
{
    /// <summary>An answer should have at least so much room before the context ends.</summary>
    private const int RoomForAnswer = 64;
    private readonly List<ChatLine> lines = arguments.System is { Length: > 0 } system ? [new("system", system)] : [];
    private readonly int first = arguments.System is { Length: > 0 } ? 1 : 0;

    private bool isCut;

    public async Task RunAsync(TextReader input, string prompt)
    {
        var ct = interrupt.Ended;
        while (true)
        {
            await output.WriteAsync(prompt);
            await output.FlushAsync(ct);
            // Reading from a console cannot be cancelled, only left behind.
            if (await Task.Run(input.ReadLine, ct).WaitAsync(ct) is not { } message)
            {
                return;
            }

            if (!string.IsNullOrWhiteSpace(message))
            {
                try
                {
                    await AnswerAsync(message, interrupt.BeginAnswer().Token);
                }
                finally
                {
                    interrupt.EndAnswer();
                }
            }
        }
    }

    private async Task AnswerAsync(string message, CancellationToken ct)
    {
        lines.Add(new ChatLine("user", message));
        if (Fitting() is not { } tokens)
        {
            lines.RemoveAt(lines.Count - 1);
            await Console.Error.WriteLineAsync(
                $"The message is longer than the {lease.Model.Generator.ContextLength} tokens that this model reads. Shorten it."
            );
            return;
        }

        var sampling = new SamplingSettings(
            arguments.Temperature ?? (float)lease.Model.Sampling.Temperature,
            TopP: (float)lease.Model.Sampling.TopP
        );
        var job = new GenerationJob(tokens, int.MaxValue, sampling, [], lease.Adapters, ct);
        lease.Model.Generator.TrySubmit(job);
        var said = new StringBuilder();
        try
        {
            await foreach (var piece in job.Pieces.ReadAllAsync(ct))
            {
                var text = Encoding.UTF8.GetString(piece.Text);
                said.Append(text);
                await output.WriteAsync(text);
                await output.FlushAsync(ct);
            }
        }
        catch (OperationCanceledException) when (!interrupt.Ended.IsCancellationRequested)
        {
            // What was said before it was stopped has been said: the conversation goes on from it.
        }
        catch (DeviceMemoryException e)
        {
            lines.RemoveAt(lines.Count - 1);
            await output.WriteLineAsync();
            await Console.Error.WriteLineAsync($"{e.Message} End other programs, or shorten the message, and send it again.");
            return;
        }

        await output.WriteLineAsync();
        lines.Add(new ChatLine("assistant", said.ToString()));
    }

    /// <summary>Said once: from then on the beginning is left out of every question.</summary>
    private void Tell(int omitted)
    {
        if (omitted > 0 && !isCut)
        {
            isCut = true;
            Console.Error.WriteLine(
                $"This model answers well up to {lease.Model.AnswersWellUpTo} tokens, so the beginning of this conversation is left out from here on."
            );
        }
    }

    /// <summary>The conversation as tokens, without its oldest turns where it has grown too long. Null when the last message alone is.</summary>
    private int[]? Fitting()
    {
        var most = lease.Model.Generator.ContextLength - RoomForAnswer;
        while (true)
        {
            var prompt = FittedPrompt.Of(
                lines,
                lease.Model.AnswersWellUpTo,
                line => ChatTemplate.LeastTokens(lease.Model.Weights, line),
                kept => ChatTemplate.Tokens(lease.Model.Weights, kept)
            );
            if (prompt.Tokens.Length <= most)
            {
                Tell(prompt.Omitted);
                return prompt.Tokens;
            }

            if (lines.Count <= first + 1)
            {
                return null;
            }

            lines.RemoveRange(first, Math.Min(2, lines.Count - first - 1));
        }
    }
}
