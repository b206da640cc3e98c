using Republic.Core.Data;

namespace Republic.Tests.World;

/// <summary>A running app, a class's own or the shared one, as those see it who plant things in it.</summary>
public interface IRepublic
{
    Uri Address { get; }

    IServiceProvider Services { get; }

    Task<T> QueryAsync<T>(Func<RepublicDb, Task<T>> query);

    /// <summary>Somebody with an account, signed in.</summary>
    Task<Inhabitant> NewPersonAsync(string name);
}
