using Arena.Runner;

Posix.DieWithParent();
new RunnerHost(FramePipes.Claim()).Run();
