using Microsoft.Extensions.Options;
using Republic.Core.Data;
using Republic.Core.Host;
using Republic.Core.Inference.Supervision;
using Republic.Core.Llama.Files;

namespace Republic.Core.Doctor.Examinations;

/// <summary>Whether the process that runs local models can run, crashes again and again, or refuses files over which it crashed.</summary>
/// <param name="status">Of the process of this server; asked for while it serves alone.</param>
internal sealed class ModelHostExamination(
    Installation installation,
    DataFolder data,
    IOptions<ModelHostOptions> options,
    Func<ModelHostStatus> status
) : IExamination
{
    private const int ManyCrashes = 3;

    public string Check => "model_host";

    public Task<IReadOnlyList<Finding>> ExamineAsync(DatabaseState database, CancellationToken ct)
    {
        if (!options.Value.Enabled)
        {
            return Task.FromResult<IReadOnlyList<Finding>>([Finding.Good(Check, "Local models are switched off (ModelHost:Enabled).")]);
        }

        List<Finding> found = [.. OfFiles()];
        if (installation.IsServed)
        {
            found.AddRange(OfProcess(status()));
        }

        if (found.Count == 0)
        {
            found.Add(
                Finding.Good(Check, installation.IsServed ? "The model host runs." : "No file of a model is kept out for having crashed.")
            );
        }

        return Task.FromResult<IReadOnlyList<Finding>>(found);
    }

    private IEnumerable<Finding> OfProcess(ModelHostStatus now)
    {
        if (now.State == ModelHostState.Unavailable)
        {
            yield return Finding.Trouble(
                Check,
                $"Local models do not run: {(now.Problem ?? "the model host cannot be started").FirstLine()}",
                "Do what is said there, and restart Republic."
            );
        }
        else if (now.Crashes >= ManyCrashes)
        {
            yield return Finding.Warning(
                Check,
                $"The model host ended by itself {Counted.Of(now.Crashes, "time")} since Republic was started. {now.Problem}",
                "Free memory, or give models less of it (ModelHost:MemoryMegabytes); Republic's log names each end."
            );
        }
    }

    private IEnumerable<Finding> OfFiles()
    {
        var path = data.Path("model-host", ModelQuarantine.FileName);
        var names = File.Exists(path)
            ? new ModelQuarantine(path).List().Select(file => Path.GetFileName(file.Path)).Distinct().ToList()
            : [];
        if (names.Count > 0)
        {
            yield return Finding.Warning(
                Check,
                $"The model host crashed over {Counted.Of(names.Count, "file")}, and does not load {(names.Count == 1 ? "it" : "them")} any more: {NameList.Of(names)}.",
                $"Replace these files, let a model be tried again on its page, or delete {path} to try them all."
            );
        }
    }
}
