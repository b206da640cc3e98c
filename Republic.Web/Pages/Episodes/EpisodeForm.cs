namespace Republic.Web.Pages.Episodes;

/// <summary>All forms of the page of an episode; one of them is sent.</summary>
public sealed class EpisodeForm
{
    public ActForm Act { get; set; } = new();

    public InjectForm Inject { get; set; } = new();

    public ForkForm Fork { get; set; } = new();

    public LimitsForm Limits { get; set; } = new();

    public SwapForm Swap { get; set; } = new();

    public List<CastForm> Cast { get; set; } = [];
}
