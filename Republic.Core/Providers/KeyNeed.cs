namespace Republic.Core.Providers;

public enum KeyNeed
{
    Required,
    Optional,
    None,
}
