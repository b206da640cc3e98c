using Republic.Core;
using Republic.Core.Episodes.Casting;

namespace Republic.Web.Pages.Episodes;

/// <summary>A new episode as it is typed: who plays, and how far it may go.</summary>
public sealed class NewEpisodeForm
{
    public List<CastForm> Cast { get; set; } = [];

    public LimitsForm Limits { get; set; } = new();

    /// <summary>Made with the page, so that sending it twice makes one episode.</summary>
    public Guid? Request { get; set; }

    public EpisodeInput ToInput(Guid scenario, List<FieldError> unreadable)
    {
        var limits = Limits.ToLimits(unreadable);
        unreadable.AddRange(CastForm.Missing(Cast));
        return new EpisodeInput(
            scenario,
            Version: null,
            CastForm.ToCast(Cast),
            new EpisodeInput.Configuration(limits, Seed: null, Facts: null)
        );
    }
}
