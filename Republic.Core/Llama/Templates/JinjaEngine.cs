using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Acornima.Ast;
using Jint;
using Jint.Constraints;
using Jint.Runtime;

namespace Republic.Core.Llama.Templates;

/// <summary>
/// Runs one Jinja template in a JavaScript interpreter that has neither network nor files nor anything of .NET. A template comes with a model that
/// anybody may have made: what loops, recurses or grows without end is stopped. Afterwards the engine is of no use any more.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The interpreter frees what a host hands to it, and is handed nothing.")]
internal sealed class JinjaEngine
{
    private const int Deepest = 400;
    private const int MostTemplate = 512 * 1024;
    private const int MostStatements = 20_000_000;
    private const int MostText = 16_000_000;
    private const long LeastMemory = 256L << 20;
    private const long MemoryOfMessage = 4L << 20;
    private const long MostMemory = 2L << 30;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestOfMessage = TimeSpan.FromMilliseconds(10);

    private static readonly Lazy<Prepared<Script>[]> Scripts = new(() => [Prepare("jinja.js"), Prepare("render.js")]);
    private readonly OperationDeadlineConstraint deadline = new();
    private readonly Engine engine;

    /// <param name="memory">How many bytes a run may allocate, those included that are free again.</param>
    /// <exception cref="TemplateException">It is no Jinja template.</exception>
    public JinjaEngine(string template, TimeProvider time, long memory = LeastMemory)
    {
        if (template.Length > MostTemplate)
        {
            throw new TemplateException($"The chat template has {template.Length} characters; {MostTemplate} are read at most.");
        }

        Memory = memory;
        engine = new Engine(options =>
        {
            options.LimitMemory(memory).MaxStatements(MostStatements).LimitRecursion(Deepest).Constraint(deadline);
            options.DisableStringCompilation();
            options.Constraints.StackOverflowGuard = true;
            options.Constraints.RegexTimeout = Longest;
            options.TimeSystem = new TemplateClock(time);
        });
        engine.Execute("var module = { exports: {} };");
        foreach (var script in Scripts.Value)
        {
            engine.Execute(script);
        }

        Guarded(() => engine.Invoke("parseTemplate", template).IsUndefined(), Longest);
    }

    public long Memory { get; }

    /// <summary>What a run over so many messages may allocate: some templates copy the list for each of them.</summary>
    public static long MemoryFor(int messages) =>
        (long)BitOperations.RoundUpToPowerOf2((ulong)Math.Clamp(messages * MemoryOfMessage, LeastMemory, MostMemory));

    /// <param name="variables">A JSON object.</param>
    /// <param name="messages">How many there are among them: the longer a conversation, the longer it may take.</param>
    /// <exception cref="TemplateException">The template refuses the conversation, or ran into a limit.</exception>
    public string Render(string variables, int messages)
    {
        var text = Guarded(() => engine.Invoke("renderTemplate", variables).AsString(), Longest + (messages * LongestOfMessage));
        return text.Length <= MostText
            ? text
            : throw new TemplateException($"The chat template wrote more than {MostText} characters.") { IsLimit = true };
    }

    private T Guarded<T>(Func<T> run, TimeSpan longest)
    {
        try
        {
            deadline.Begin(longest);
            return run();
        }
        catch (JavaScriptException e)
        {
            // What the template itself says by raise_exception comes so as well. An error of the engine's own is a limit too.
            throw new TemplateException($"The chat template failed: {e.Message}", e)
            {
                IsLimit = e.Error.ToString().StartsWith("RangeError", StringComparison.Ordinal),
            };
        }
        catch (Exception e)
        {
            // Whatever a template does to the interpreter, the process that runs it goes on.
            throw new TemplateException($"The chat template was stopped: {e.Message}", e) { IsLimit = true };
        }
        finally
        {
            deadline.End();
        }
    }

    private static Prepared<Script> Prepare(string name)
    {
        using var stream = typeof(JinjaEngine).Assembly.GetManifestResourceStream($"templates/{name}")!;
        using var reader = new StreamReader(stream);
        return Engine.PrepareScript(reader.ReadToEnd(), name);
    }
}
