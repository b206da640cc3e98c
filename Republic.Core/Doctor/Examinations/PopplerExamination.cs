using Microsoft.Extensions.Options;
using Republic.Core.Knowledge.Ingest;

namespace Republic.Core.Doctor.Examinations;

/// <summary>Whether the program is here that reads PDF.</summary>
internal sealed class PopplerExamination(IOptions<IngestOptions> options) : IExamination
{
    public string Check => "poppler";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(DatabaseState database, CancellationToken ct)
    {
        var program = options.Value.PdfToText;
        return
        [
            await ProgramOutput.OfAsync(program, ["-v"], ct) is { } said
                ? Finding.Good(Check, $"PDF can be read: {said.FirstLine()}")
                : Finding.Warning(
                    Check,
                    $"PDF documents cannot be read: there is no program {program} on this machine.",
                    "Install the package poppler-utils, or set Knowledge__PdfToText to the program; other formats are read without it."
                ),
        ];
    }
}
