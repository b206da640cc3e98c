using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Training.Runs;

namespace Republic.Core.Training.Calibration;

/// <summary>A person's calibrations of their judges.</summary>
public sealed class Calibrations(IDbContextFactory<RepublicDb> databases, CalibrationDraw draw, TimeProvider time)
{
    /// <summary>The most that one person keeps.</summary>
    public const int Most = 100;
    private const int Answers = 2 * CalibrationDraw.Pairs;

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<CalibrationCard>> ListAsync(Guid owner, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await CardsAsync(db, db.JudgeCalibrations.OwnedBy(owner).OrderByDescending(c => c.Id).Take(Most), ct);
    }

    public async Task<Outcome<CalibrationCard>> FindAsync(Guid owner, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var cards = await CardsAsync(db, db.JudgeCalibrations.OwnedBy(owner).Where(c => c.Id == id), ct);
        return cards.Count == 1 ? cards[0] : Failure.NotFound("calibration");
    }

    public async Task<Outcome<Guid>> NewAsync(Guid owner, Guid job, long seed, CancellationToken ct)
    {
        var drawn = await draw.FromAsync(owner, job, seed, ct);
        if (!drawn.Ok)
        {
            return drawn.Failure;
        }

        var calibration = new JudgeCalibration
        {
            OwnerId = owner,
            JudgeId = drawn.Value.Judge,
            TrainingJobId = job,
            Seed = seed,
            Pairs = drawn.Value.Pairs,
            CreatedAt = time.GetUtcNow(),
        };
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await TrainingControl.TakeTurnAsync(db, owner, ct);
        if (await db.JudgeCalibrations.OwnedBy(owner).CountAsync(ct) >= Most)
        {
            return Failure.Conflict(
                $"You have compared yourself with judges {Most} times, as often as is kept. Delete some of these first."
            );
        }

        if (!await db.TrainingJobs.AnyAsync(j => j.Id == job, ct))
        {
            return Failure.NotFound("training job");
        }

        db.JudgeCalibrations.Add(calibration);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return calibration.Id;
    }

    public async Task<Outcome<Guid>> DeleteAsync(Guid owner, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.JudgeCalibrations.OwnedBy(owner).Where(c => c.Id == id).ExecuteDeleteAsync(ct) == 1
            ? id
            : Failure.NotFound("calibration");
    }

    /// <param name="grades">Of the first and the second answer of each pair, in order.</param>
    public async Task<Outcome<Guid>> GradeAsync(Guid owner, Guid id, IReadOnlyList<double?>? grades, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.JudgeCalibrations.OwnedBy(owner).SingleOrDefaultAsync(c => c.Id == id, ct) is not { } calibration)
        {
            return Failure.NotFound("calibration");
        }

        if (calibration.GradedAt is not null)
        {
            return Failure.Conflict("These answers are graded already, and the judge's points were shown. Draw others to grade again.");
        }

        if (grades is not { Count: Answers } || grades.Any(points => points is not (>= 0 and <= 100)))
        {
            return Failure.Invalid("points", $"Give each of the {Answers} answers 0 to 100 points.");
        }

        calibration.Pairs =
        [
            .. calibration.Pairs.Select(
                (pair, i) =>
                    pair with
                    {
                        First = pair.First with { Person = grades[2 * i] },
                        Second = pair.Second with { Person = grades[(2 * i) + 1] },
                    }
            ),
        ];
        calibration.GradedAt = time.GetUtcNow();
        await db.SaveChangesAsync(ct);
        return id;
    }

    private static async Task<List<CalibrationCard>> CardsAsync(RepublicDb db, IQueryable<JudgeCalibration> some, CancellationToken ct)
    {
        var rows = await some.Select(c => new
            {
                Calibration = c,
                Judge = db.Minions.Where(m => m.Id == c.JudgeId).Select(m => m.Citizen.DisplayName).First(),
            })
            .AsNoTracking()
            .ToListAsync(ct);
        return rows.ConvertAll(row => CalibrationCard.Of(row.Calibration, row.Judge));
    }
}
