using Republic.Core.Events;

namespace Republic.Core.Accounts;

/// <summary>Tells caches on all nodes that somebody was deactivated, reactivated or deleted, or has another role.</summary>
public sealed class PersonChanges
{
    private const string Topic = "person";
    private readonly NodeNotices notices;
    private Action? changed;

    public PersonChanges(NodeNotices notices)
    {
        this.notices = notices;
        notices.OnNotice(Topic, _ => changed?.Invoke());
    }

    /// <param name="forget">Drops all that is cached: such changes are rare.</param>
    public void OnChanged(Action forget) => changed += forget;

    internal void Changed(Guid person)
    {
        changed?.Invoke();
        notices.Send(Topic, person.ToString("N"));
    }
}
