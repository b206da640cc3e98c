using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.PersonalModels.Storage;

namespace Republic.Core.Doctor.Examinations;

/// <summary>Whether the files of personal models are here, and of the size that they had. Reading them whole would take hours.</summary>
internal sealed class PersonalModelExamination(IDbContextFactory<RepublicDb> databases, ModelFiles files) : IExamination
{
    private const string Advice =
        "Put the folder personal-models back from a backup, or have their owners delete these models and add them again.";

    public string Check => "models";

    public bool NeedsTables => true;

    public async Task<IReadOnlyList<Finding>> ExamineAsync(DatabaseState database, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await db
            .PersonalModels.AsNoTracking()
            .Where(m => m.Sha256 != null)
            .Select(m => new
            {
                Sha256 = m.Sha256!,
                m.ModelId,
                m.Bytes,
            })
            .ToListAsync(ct);
        List<string> missing = [];
        List<string> changed = [];
        foreach (var same in rows.GroupBy(row => row.Sha256, StringComparer.Ordinal))
        {
            var (file, name) = (new FileInfo(files.PathOf(same.Key)), same.First().ModelId);
            if (!file.Exists)
            {
                missing.Add(name);
            }
            else if (same.All(row => row.Bytes != file.Length))
            {
                changed.Add(name);
            }
        }

        List<Finding> found = [];
        if (missing.Count > 0)
        {
            found.Add(Finding.Trouble(Check, $"Files of personal models are missing: {NameList.Of(missing)}.", Advice));
        }

        if (changed.Count > 0)
        {
            found.Add(Finding.Trouble(Check, $"Files of personal models have another size than they had: {NameList.Of(changed)}.", Advice));
        }

        if (found.Count == 0 && rows.Count > 0)
        {
            var count = rows.DistinctBy(row => row.Sha256).Count();
            found.Add(
                Finding.Good(
                    Check,
                    $"The {Counted.Of(count, "file of personal models is", "files of personal models are")} here, each with its size."
                )
            );
        }

        return found;
    }
}
