using Republic.Core.Minions;
using Republic.Core.Minions.Models;

namespace Republic.Core.PersonalModels.Missing;

/// <summary>Minions as the JSON API returns them, with what became of their models.</summary>
public sealed class MinionRecords(MinionDeprecations deprecations, MissingModels missing, ITaskAbility ability)
{
    public async Task<MinionRecord> OfAsync(Minion minion, CancellationToken ct) => (await OfAsync(minion.OwnerId, [minion], ct))[0];

    /// <summary>In the order of the minions, which are all the person's.</summary>
    public async Task<IReadOnlyList<MinionRecord>> OfAsync(Guid person, IReadOnlyList<Minion> minions, CancellationToken ct)
    {
        var ends = await deprecations.ForAsync(person, ct);
        var notes = await missing.NotesAsync(person, minions, ct);
        var follows = await ability.OfAsync(minions, ct);
        return
        [
            .. minions.Select(minion => new MinionRecord(minion, ends)
            {
                ModelMissing = notes.GetValueOrDefault((minion.Provider, minion.ModelId)),
                FollowsTasks = follows[minion.Id],
            }),
        ];
    }
}
