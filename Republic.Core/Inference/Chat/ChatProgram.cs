using Republic.Core.Data;
using Republic.Core.Inference.Http;
using Republic.Core.Inference.Pool;
using Republic.Core.Llama.Files;
using Republic.Core.Llama.Memory;
using Republic.Core.Llama.Native;

namespace Republic.Core.Inference.Chat;

/// <summary>
/// <c>republic chat</c>: one conversation with a local model, in this process. Each line that is read is a message; the
/// answer is written as it comes. It ends with the input.
/// </summary>
public static class ChatProgram
{
    private const int Refused = 1;
    private const int Interrupted = 130;

    /// <param name="data">Its folders <c>models</c> and <c>adapters</c> are looked through for names.</param>
    /// <param name="terminal">Its prompt is what to write before a message is read; nothing when nobody types.</param>
    public static async Task<int> RunAsync(
        ChatArguments arguments,
        DataFolder data,
        (TextReader Reader, TextWriter Writer, string Prompt) terminal,
        ChatInterrupt interrupt
    )
    {
        var ct = interrupt.Ended;
        try
        {
            LlamaRuntime.EnsureStarted();
            LlamaRuntime.EndWithWords();
            var model = GivenFile.Model(arguments.Model, data);
            var adapters = arguments.Adapters.Select(one => new ChosenAdapter(GivenFile.Adapter(one.Name, data), one.Scale)).ToList();
            if (adapters.GroupBy(one => one.File.Path).FirstOrDefault(same => same.Count() > 1) is { } twice)
            {
                throw new InvalidDataException($"The adapter {twice.Key} is given twice: give it once, with the scale you want.");
            }

            var threads = arguments.Threads > 0 ? arguments.Threads : ProcessorCores.ForModels();
            // Nothing else of Republic runs in this process: it may have all there is.
            var memory = MachineMemory.Now().TotalBytes >> 20;
            await using var pool = new ModelPool(new ModelHostArguments("", [], threads, Sequences: 1, MemoryMegabytes: memory));
            using var lease = await pool.TakeAsync(model, adapters, ct);
            await new TerminalChat(lease, arguments, terminal.Writer, interrupt).RunAsync(terminal.Reader, terminal.Prompt);
            return 0;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await terminal.Writer.WriteLineAsync();
            return Interrupted;
        }
        catch (Exception e) when (e is NativeLibraryException or FileNotFoundException or RequestRefusedException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Refused;
        }
        catch (DeviceMemoryException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message} End other programs, or take a smaller model.");
            return Refused;
        }
    }
}
