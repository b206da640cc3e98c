using System.Runtime.InteropServices;
using Republic.Core.Host;
using Republic.Core.Llama;

namespace Republic.Core.Doctor.Examinations;

/// <summary>Names the versions of this program and of what it stands on.</summary>
internal sealed class VersionExamination : IExamination
{
    public string Check => "versions";

    public Task<IReadOnlyList<Finding>> ExamineAsync(DatabaseState database, CancellationToken ct)
    {
        var llama = LlamaLibraries.Find();
        string[] versions =
        [
            $"Republic {AppVersion.Current}",
            RuntimeInformation.FrameworkDescription,
            .. database.ServerVersion is { } server ? [$"PostgreSQL {server}"] : Array.Empty<string>(),
            .. llama.Problem is null ? [$"llama.cpp {llama.Version}".TrimEnd()] : Array.Empty<string>(),
            $"{RuntimeInformation.OSDescription} ({RuntimeInformation.OSArchitecture})",
        ];
        List<Finding> found = [Finding.Good(Check, $"{string.Join(", ", versions)}.")];
        if (llama.Problem is { } problem)
        {
            found.Add(
                Finding.Warning(
                    Check,
                    $"Local models do not run: {problem.FirstLine()}",
                    "Put llama.cpp's libraries there, or set ModelHost:Enabled to false."
                )
            );
        }

        return Task.FromResult<IReadOnlyList<Finding>>(found);
    }
}
